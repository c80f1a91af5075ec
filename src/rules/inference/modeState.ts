/**
 * In which modes a module may be at a place, as a set of bits: what holds on at least one path. `SAVED`: as the file
 * was saved; `TOLD`: somebody called `train()` and has not trained since, so that training mode is on purpose.
 */
export const MODE = { TRAIN: 1, EVAL: 2, UNKNOWN: 4, SAVED: 8, TOLD: 16 } as const;

/** What has happened to the module on at least one path, beside its mode. */
export const PAST = { OPTIMISED: 32, LEARNED: 64 } as const;

const ALL_MODES = MODE.TRAIN | MODE.EVAL | MODE.UNKNOWN | MODE.SAVED | MODE.TOLD;

/** The bits of `MODE` and `PAST`; 0: the module is not there yet. */
export type ModeState = number;

export function withMode(state: ModeState, mode: ModeState): ModeState {
  return (state & ~ALL_MODES) | mode;
}

/** After a step of training, training mode is no longer what somebody wants for prediction. */
export function trained(state: ModeState): ModeState {
  const learned = state & PAST.OPTIMISED ? state | PAST.LEARNED : state;
  return learned & MODE.TOLD ? (learned & ~MODE.TOLD) | MODE.TRAIN : learned;
}

export function modesOf(state: ModeState): ModeState {
  return state & ALL_MODES;
}
