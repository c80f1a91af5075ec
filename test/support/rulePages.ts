import { Engine } from '../../src/actions/engine';
import { exampleFixes } from '../../src/cli/exampleFixes';
import { rulePage } from '../../src/cli/rulePage';
import { RULES } from '../../src/rules/registry';
import { testParser } from './parser';

/** The pages of all rules, by rule name. */
export async function rulePages(): Promise<Map<string, string>> {
  const engine = new Engine(await testParser());
  return new Map(RULES.map((rule) => [rule.name, rulePage(rule, exampleFixes(engine, rule))]));
}
