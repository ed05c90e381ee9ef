/**
 * Three small programs that use cgroup v1, as many real ones do: one reads its own limits, one puts
 * jobs into groups, and one reports on all groups. They know nothing of vcgroupfs. Each is told
 * where the files are, which is all that its tests need.
 */
package com.example.limits;
