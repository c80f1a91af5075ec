// What the harness really hands to VS Code as the tests' entry. VS Code's exit code 0 proves nothing: the workbench also
// reports it when the extension host dies. So this runs the suite and leaves a result file; a run without
// `{ "ok": true }` in it has failed.
'use strict';
const fs = require('node:fs');

exports.run = async () => {
  const target = process.env.GRADUATE_SUITE;
  const put = (result) => fs.writeFileSync(process.env.GRADUATE_SUITE_RESULT, JSON.stringify(result));
  put({ ok: false, why: 'the suite started and never ended' });
  try {
    const { run } = require(target);
    if (typeof run !== 'function') throw new Error(`${target} exports no run()`);
    await run();
    put({ ok: true });
  } catch (error) {
    put({ ok: false, why: String(error?.stack ?? error) });
    throw error;
  }
};
