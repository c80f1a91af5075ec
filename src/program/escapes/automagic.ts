import { isBlank, skipBlanks } from './lines';
import { automagics } from './magics';
import { isWord } from './scan';

/** Words with which Python goes on after a name. */
const PYTHON_WORD = /^(?:and|or|not|in|is|if|else|for|as|from|import)\b/;
/** What Python may have behind a name besides words; everything else there is a syntax error. */
const PYTHON_OPERATOR = /^(?:[=,.:;()[\]@<>|&^%#+]|!=|[-*/])/;
/** An option, a path or a pattern: an operator only to someone who writes `ls -l` for a difference. */
const COMMAND_ARGUMENT = /^(?:-[\w-]|-$|\/[\w.~]|\/$|\*[\w./*[?]|\*$|\.\.?(?:\/|\s|$))/;

/**
 * Where the name ends if the text from `start` to `end` is a magic written without `%`, else undefined. The caller makes
 * sure that it is all of its cell: IPython looks for such lines in cells of one line only (`transform_cell` in
 * IPython/core/interactiveshell.py). A bare name (`ls`, `pwd`) stays Python: whether a variable hides the magic is known
 * to the kernel alone, and a name changes nothing either way.
 */
export function automagicNameEnd(text: string, start: number, end: number): number | undefined {
  let nameEnd = start;
  while (nameEnd < end && isWord(text.charCodeAt(nameEnd))) nameEnd++;
  const kind = automagics.get(text.slice(start, nameEnd));
  if (kind === undefined || nameEnd >= end || !isBlank(text.charCodeAt(nameEnd))) return undefined;
  const argument = skipBlanks(text, nameEnd, end);
  if (argument >= end) return undefined;
  const rest = text.slice(argument, end);
  if (kind === 'command' && COMMAND_ARGUMENT.test(rest)) return nameEnd;
  return PYTHON_WORD.test(rest) || PYTHON_OPERATOR.test(rest) ? undefined : nameEnd;
}
