/**
 * Tests of the tables of control files: what holds for every row of every table, and the documents
 * that are made from them.
 */
package io.github.vcgroupfs.controllers;
