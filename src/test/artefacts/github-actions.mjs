// Reads files of GitHub Actions with GitHub's own parser, and runs the steps of a composite action as a runner does.
//
//   node github-actions.mjs check FILE…                  an action.yml, or a workflow: its errors, by line
//   node github-actions.mjs run FOLDER [INPUT=VALUE…]    runs FOLDER/action.yml; prints its outputs as JSON
//
// The rules of the files (which keys there are) and the values of ${{ }} are GitHub's: @actions/workflow-parser and
// @actions/expressions, which are written for bundlers; ci-test makes one file of them and this one. Ours is only what the runner
// does around a step: bash with its options, inputs that have defaults, the files GITHUB_ENV, GITHUB_PATH and GITHUB_OUTPUT. The
// last is made here, for each step; the others, and RUNNER_TEMP, are as the environment says, and are read by whoever called.
// Exit status: 0 done, 1 an error in a file or a step that failed, 2 wrong usage.
import {data, Evaluator, Lexer, Parser} from '@actions/expressions';
import {convertWorkflowTemplate, parseWorkflow} from '@actions/workflow-parser';
import {parseAction} from '@actions/workflow-parser/actions/index';
import {spawnSync} from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const quiet = {error() {}, info() {}, verbose() {}};

/** The parsed file, and what is wrong with it. */
async function read(file) {
  const source = {name: file, content: fs.readFileSync(file, 'utf8')};
  const isAction = /^runs:/m.test(source.content);
  const {context, value} = isAction ? parseAction(source, quiet) : parseWorkflow(source, quiet);
  if (value && !isAction) await convertWorkflowTemplate(context, value);
  return {value, errors: context.errors.getErrors().map(each => each.message)};
}

/** Those of a mapping's values that there are, by name. */
const entries = token => Object.fromEntries([...(token ?? [])].map(({key, value}) => [key.toString(), value]));

const text = value => new data.StringData(value);
const dictionary = values => new data.Dictionary(...Object.entries(values).map(([key, value]) => ({key, value})));

/** NAME=VALUE as name and value. */
const pair = line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)];

/** The text of a token: itself, or what its expression is worth. */
function evaluate(token, contexts) {
  if (token === undefined) return '';
  if (token.expression === undefined) return token.toString();
  const tokens = new Lexer(token.expression).lex().tokens;
  const names = Object.keys(contexts);
  return new Evaluator(new Parser(tokens, names, []).parse(), dictionary(contexts)).evaluate().coerceString();
}

async function run(folder, given) {
  const {value, errors} = await read(path.join(folder, 'action.yml'));
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const action = entries(value);
  const inputs = {};
  for (const [name, input] of Object.entries(entries(action.inputs))) {
    inputs[name] = text(given[name] ?? evaluate(entries(input).default, {}));
  }
  for (const name of Object.keys(given)) {
    if (!(name in inputs)) throw new Error(`the action has no input ${name}: give one of ${Object.keys(inputs).join(', ')}`);
  }
  const done = {};
  for (const token of entries(action.runs).steps) {
    const step = entries(token);
    const contexts = {inputs: dictionary(inputs), steps: dictionary(done)};
    if (String(step.shell) !== 'bash') throw new Error(`only bash is known here, not ${step.shell}`);
    const script = path.join(process.env.RUNNER_TEMP, 'step.sh');
    const output = path.join(process.env.RUNNER_TEMP, 'step.output');
    fs.writeFileSync(script, evaluate(step.run, contexts));
    fs.writeFileSync(output, '');
    const env = {...process.env, GITHUB_ACTION_PATH: path.resolve(folder), GITHUB_OUTPUT: output};
    for (const [name, each] of Object.entries(entries(step.env))) env[name] = evaluate(each, contexts);
    const bash = ['--noprofile', '--norc', '-eo', 'pipefail', script];
    const {status} = spawnSync('bash', bash, {env, stdio: ['ignore', 2, 2]});
    if (status !== 0) process.exit(1);
    const lines = fs.readFileSync(output, 'utf8').split('\n').filter(Boolean).map(pair);
    const outputs = Object.fromEntries(lines.map(([name, each]) => [name, text(each)]));
    done[String(step.id ?? '')] = dictionary({outputs: dictionary(outputs)});
  }
  const contexts = {steps: dictionary(done)};
  const outputs = Object.entries(entries(action.outputs)).map(([name, each]) => [name, evaluate(entries(each).value, contexts)]);
  console.log(JSON.stringify(Object.fromEntries(outputs)));
}

async function main(what, first, ...rest) {
  if (what === 'check' && first) {
    for (const file of [first, ...rest]) {
      const {errors} = await read(file);
      errors.forEach(each => console.log(each));
      if (errors.length > 0) process.exitCode = 1;
    }
  } else if (what === 'run' && first) {
    await run(first, Object.fromEntries(rest.map(pair)));
  } else {
    console.error('usage: node github-actions.mjs check FILE… | run FOLDER [INPUT=VALUE…]');
    process.exitCode = 2;
  }
}

main(...process.argv.slice(2)).catch(error => {
  console.error(error.message);
  process.exitCode = 1;
});
