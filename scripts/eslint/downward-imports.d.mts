import type { Rule } from 'eslint';

export declare const LAYERS: readonly (readonly string[])[];
declare const rule: Rule.RuleModule;
export default rule;
