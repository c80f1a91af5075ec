import { locateLoad, locationFor, whyNotLocated } from '../refactorings/device-bound-load';
import { findingAction } from './findingAction';

/** Gives a load a `map_location`. */
export const deviceBoundLoadAction = findingAction({
  rule: 'device-bound-load',
  leaf: 'deviceBoundLoad',
  title: (program, finding) =>
    `Load with map_location=${locationFor(program, finding)} (not onto the device that the tensors were saved from)`,
  whyNot: whyNotLocated,
  change: locateLoad,
});
