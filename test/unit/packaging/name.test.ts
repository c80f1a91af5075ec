import assert from 'node:assert/strict';
import { isPackageName, packageNameOf } from '../../../src/packaging/name';

suite('Names of packages', () => {
  for (const [file, name] of [
    ['Train Model.ipynb', 'train_model'],
    ['2024-sales.ipynb', 'package_2024_sales'],
    ['class.ipynb', 'class_package'],
    ['größe.ipynb', 'gro_e'],
    // In the script's folder `python -m train` runs the script.
    ['train.py', 'train_pipeline'],
    ['01_train.py', 'package_01_train_pipeline'],
    ['class.py', 'class_package'],
  ] as const) {
    test(file, () => {
      assert.equal(packageNameOf(file), name);
      assert.ok(isPackageName(name));
    });
  }
});
