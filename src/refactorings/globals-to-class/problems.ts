import { BUILTIN_NAMES } from '../../knowledge/builtins';
import type { FactUnit } from '../../semantics/facts';
import type { NodeBase } from '../../syntax/ast';
import type { Refusal } from '../../text/refusal';
import { STACK_READERS } from '../add-main/obstacles';
import { debugHoles, debugText } from '../extract-pipeline/debugText';
import { foundByName, importers, sendsFunctions, tellingTexts } from '../extract-pipeline/obstacles';
import { nameLookups } from '../nameLookups';
import { selfReadings } from '../paths-to-config/guards';
import type { AnalysedProgram } from '../outcome';
import { refusalAt, refusalInCell } from '../places';
import type { SharedState } from './state';

/** Places because of which variables of the module cannot be attributes of an object. */
export function problemsOf(program: AnalysedProgram, states: readonly SharedState[]): readonly Refusal[] {
  const { facts, path } = program;
  const names = new Set(states.flatMap(({ variables }) => variables));
  const refusals: Refusal[] = [
    ...importers(program),
    ...selfReadings(program),
    ...tellingTexts(program),
    ...foundByName(program, { moved: names }),
  ];
  const refuse = (unit: FactUnit, node: NodeBase, reason: string): number =>
    refusals.push(refusalAt(path, unit, node, reason));
  for (const binder of facts.unknownBinders) {
    const unit = binder.unit ?? facts.units[0]!;
    refuse(unit, unit.unit.statement, `${binder.what} may bind any name`);
  }
  for (const { call, unit } of nameLookups(facts, program.context.evaluator)) {
    const text = unit.unit.text.slice(call.func.start, call.func.end);
    refuse(unit, call, `${text} may look up variables of the module`);
  }
  for (const name of names) refusals.push(...ofName(name, program));
  const methods = new Set(states.flatMap((state) => state.methods));
  for (const unit of facts.units) {
    const { text, statement } = unit.unit;
    if (STACK_READERS.test(text)) refuse(unit, statement, 'the function that runs may be looked at');
    if (/\b__del__\b/.test(text))
      refuse(unit, statement, 'objects with __del__ would be given up at another time');
    if (sendsFunctions(unit))
      refuse(unit, statement, 'what is pickled or sent to another process has its own state there');
    if (methods.has(unit) && /(?<![\w"'])__(?!\w*__\b)\w+/.test(text)) {
      refuse(unit, statement, 'a name with two underscores is another one within a class');
    }
    for (const hole of debugHoles(unit)) {
      const isOurs = unit.summary.freeReferences.some(
        ({ name, node }) => names.has(name) && hole.start <= node.start && node.end <= hole.end,
      );
      if (isOurs && debugText(hole, unit) === undefined)
        refuse(unit, hole, 'the text of a name would change');
    }
  }
  for (const { methods: own, variables } of states) {
    if (own.length > 0) continue;
    const unit = facts.moduleBindings(variables[0]!)[0]!.unit;
    const list = variables.join(', ');
    refuse(
      unit,
      unit.unit.statement,
      `every function that changes ${list} is handed on, decorated or defined twice`,
    );
  }
  return refusals;
}

/** What IPython keeps of what cells have shown. */
const HISTORY = /^(?:_+|_i+|_\d+|_i\d+|In|Out|_ih|_oh|_dh)$/;

/** Where variables may be that nobody can list: made by a text, or by the notebook itself. */
export function unseenNames({ facts, path }: AnalysedProgram): readonly Refusal[] {
  const binders = facts.unknownBinders
    .filter(({ what }) => !what.startsWith('from '))
    .map(({ what, cell, span }) => refusalInCell(path, cell, span.start, `${what} may bind any name`));
  const shown = facts.freeReferences
    .filter(({ reference: { name } }) => facts.program.kind === 'notebook' && HISTORY.test(name))
    .filter(({ reference: { name } }) => facts.moduleBindings(name).length === 0)
    .map(({ reference, unit }) =>
      refusalAt(path, unit, reference.node, `${reference.name} is what a cell has shown before`),
    );
  return [...binders, ...shown];
}

/** What binds or reads a name in a way that an attribute has no form for. */
function ofName(name: string, { facts, path }: AnalysedProgram): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const refuse = (unit: FactUnit, node: NodeBase, reason: string): number =>
    refusals.push(refusalAt(path, unit, node, reason));
  for (const { binding, unit } of facts.moduleBindings(name)) {
    const { type } = binding.source;
    if (name.startsWith('__')) refuse(unit, binding, `${name} would get another name within a class`);
    if (BUILTIN_NAMES.has(name))
      refuse(unit, binding, `${name} may be the builtin, or what the program binds to it`);
    if (type === 'opaque') refuse(unit, binding, `a pattern or an except clause binds ${name}`);
    if (type === 'deletion')
      refuse(unit, binding, `${name} is unbound again, which an attribute would show otherwise`);
    if (isWalrus(unit, binding.start)) refuse(unit, binding, `an assignment expression binds ${name}`);
    if (binding.scope.parent !== undefined && isInClass(binding.scope)) {
      refuse(unit, binding, `the body of a class binds ${name}`);
    }
  }
  for (const { reference, unit } of facts.freeReferences) {
    if (reference.name === name && reference.isGuarded) {
      refuse(unit, reference.node, `whether ${name} is bound decides what happens here`);
    }
  }
  for (const unit of facts.units) {
    for (const { node, at } of unit.summary.statements) {
      const isBare =
        node.kind === 'AnnAssign' && !node.value && node.target.kind === 'Name' && node.target.id === name;
      if (isBare && at.scope.parent === undefined) refuse(unit, node, `${name} is declared without a value`);
      if (node.kind === 'Global' && at.scope.parent === undefined && node.names.includes(name)) {
        refuse(unit, node, 'global at module level would mean something else');
      }
    }
    for (const escape of unit.unit.escapes) {
      if (escape.reads.includes(name))
        refuse(unit, unit.unit.statement, `a magic or shell line reads ${name}`);
    }
  }
  return refusals;
}

function isWalrus(unit: FactUnit, start: number): boolean {
  for (const node of unit.summary.locate.keys()) {
    if (node.kind === 'NamedExpr' && node.target.start === start) return true;
  }
  return false;
}

function isInClass(scope: { readonly kind: string }): boolean {
  return scope.kind === 'class';
}
