import assert from 'node:assert/strict';
import {
  exceptionName,
  isException,
  isKnownException,
  listedExceptions,
} from '../../../src/knowledge/exceptionClasses';
import { RAISED_BY } from '../../../src/knowledge/exceptions';
import { kindOfCallee, kindOfMethod, raisedByMethod } from '../../../src/knowledge/methodExceptions';

suite('knowledge of exceptions', () => {
  test('every exception that a call raises is listed, under its one name', () => {
    const named = [...RAISED_BY.values()].flatMap(({ raises }) => raises);
    assert.ok(named.length > 200);
    for (const name of named) {
      assert.ok(isKnownException(name), name);
      assert.equal(exceptionName(name), name);
    }
  });

  test('every base leads to BaseException', () => {
    for (const [name] of listedExceptions()) assert.ok(isException(name, 'BaseException'), name);
  });

  test('derived classes, second bases and other names', () => {
    assert.ok(isException('json.JSONDecodeError', 'ValueError'));
    assert.ok(isException('requests.JSONDecodeError', 'ValueError'));
    assert.ok(isException('requests.ReadTimeout', 'OSError'));
    assert.ok(!isException('OSError', 'FileNotFoundError'));
    assert.equal(exceptionName('builtins.IOError'), 'OSError');
    assert.equal(exceptionName('socket.timeout'), 'TimeoutError');
    assert.equal(exceptionName('toString'), 'toString');
    assert.ok(!isKnownException('toString'));
  });

  test('objects and their methods', () => {
    assert.equal(kindOfCallee('builtins.open'), 'file');
    assert.equal(kindOfCallee('sklearn.linear_model.LogisticRegression'), 'estimator');
    assert.equal(kindOfCallee('sklearn.metrics.f1_score'), undefined);
    assert.equal(kindOfMethod('session', 'get'), 'response');
    assert.equal(kindOfMethod('sqlite', 'cursor'), 'sqlite');
    assert.equal(kindOfMethod('file', 'read'), undefined);
    assert.deepEqual(raisedByMethod('sqlite', 'execute')?.raises, ['sqlite3.Error']);
    assert.equal(raisedByMethod('file', 'nonsense'), undefined);
  });
});
