import assert from 'node:assert/strict';
import { EditSet } from '../../../src/text/edit';
import { rebase, withLineEnds } from '../../../src/vscode/change/texts';
import { notebookText } from '../../../src/vscode/preview/notebookText';

const edit = (start: number, end: number, newText: string) =>
  new EditSet([{ span: { start, end }, newText }]);

suite('edits of the editor’s text', () => {
  test('the same text takes the same edits', () => {
    const edits = edit(0, 1, 'b');
    assert.equal(rebase(edits, 'a\n', 'a\n'), edits);
  });

  test('another text takes none', () => {
    assert.equal(rebase(edit(0, 1, 'b'), 'a\n', 'c\n'), undefined);
    assert.equal(rebase(edit(0, 1, 'b'), 'a', 'a\n'), undefined);
  });

  test('a file of mixed line ends, which the editor evens out', () => {
    const before = 'a = 1\r\nb = 2\nc = 3\r\n';
    const present = 'a = 1\r\nb = 2\r\nc = 3\r\n';
    const at = before.indexOf('3');
    const rebased = rebase(edit(at, at + 1, '4'), before, present);
    assert.equal(rebased?.apply(present), 'a = 1\r\nb = 2\r\nc = 4\r\n');
  });

  test('inserted lines end as the document’s do', () => {
    assert.equal(withLineEnds(edit(0, 0, 'x\ny\r\n'), '\r\n').apply('a'), 'x\r\ny\r\na');
    assert.equal(withLineEnds(edit(0, 0, 'x\r\n'), '\n').apply('a'), 'x\na');
  });
});

suite('a notebook in a preview', () => {
  test('code as it is, everything else as comments', () => {
    const text = notebookText([
      { isMarkdown: true, languageId: 'markdown', source: '# Title\n\ntext' },
      { isMarkdown: false, languageId: 'python', source: '%pip install x\r\nx = 1\n' },
      { isMarkdown: false, languageId: 'r', source: 'x <- 1' },
    ]);
    assert.equal(
      text,
      '# %% [markdown]\n# # Title\n#\n# text\n\n# %%\n%pip install x\nx = 1\n\n# %% [r]\n# x <- 1\n',
    );
  });
});
