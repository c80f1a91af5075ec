/**
 * The small edit that would lift a refusal, by its reason. Only where the edit is the author's to make and leaves the
 * program doing what it does; the first that matches counts.
 */
const HINTS: readonly (readonly [reason: RegExp, hint: string])[] = [
  [/^(?:exec|eval)\b/, 'call what is meant directly, or bind its names by assignments'],
  [/looks at the names|dir\(\) lists|globals|locals\(/, 'name the variables that are meant, one by one'],
  [
    /may read variables/,
    'hand the values in: format them into the text, or filter with a mask such as df[df.a > low]',
  ],
  [
    /the class reads (\S+),/,
    'hand it to the class, as an argument of __init__ or of the method that needs it',
  ],
  [/a method of the class binds a name of the module/, 'keep the value on the object, or give it back'],
  [/the class is made while the program runs/, 'move the class above what runs, next to the imports'],
  [/may be the builtin here/, 'give the variable a name that is no builtin'],
  [/star import/, 'import the name itself: from module import name'],
  [/decides what happens here/, 'bind the name before, to None for example, and ask for that'],
  [/would get another name within a class/, 'rename it so that it does not begin with two underscores'],
  [/pickled or sent to another process|may be pickled/, 'hand the function what it reads as an argument'],
  [/is what a cell has shown before/, 'give the value a name in the cell that shows it'],
  [/a pattern or an except clause binds/, 'copy the value to another name right below, and use that'],
  [/an assignment expression binds/, 'bind the name in a statement of its own'],
  [/a class that is made while the program runs binds/, 'move the class next to the imports'],
  [/made by a magic line/, 'use Python for it: subprocess.run in place of a shell line, for example'],
  [/a magic or shell line reads/, 'use Python in place of the magic line'],
  [/is bound by a magic line as well/, 'give what the magic line binds another name'],
  [/would not be found from another folder/, 'give paths from the folder of the notebook, without %cd'],
  [/is read before there is a pipeline/, 'move the magic line below what it reads'],
  [/what prepares the imports stands below/, 'move it to the first cell'],
  [/may show here/, 'print what you want to know of the object, not the object'],
  [/is there already$/, 'rename or remove that file'],
  [/line numbers/, 'leave the line numbers out of the log format'],
  [/__del__/, 'close what the object holds with a with statement'],
  [/the code is /, 'correct it so that the program runs'],
];

/** What would lift a refusal; undefined where nothing small is known. */
export function hintFor(reason: string): string | undefined {
  return HINTS.find(([pattern]) => pattern.test(reason))?.[1];
}
