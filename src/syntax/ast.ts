/** The whole syntax: expressions and statements. */
export type * from './expressions';
export type * from './statements';
