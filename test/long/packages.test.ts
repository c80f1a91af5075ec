import { installationSuite } from '../packages/installation';
import { TEN } from '../packages/names';
import { mutationSuite } from '../packages/mutation';

mutationSuite([
  'alias-append-across-stages',
  'groupby-merge-apply',
  'random-state-order',
  'relative-paths-in-many-cells',
  'sklearn-pipeline-notebook',
]);

installationSuite(TEN);
