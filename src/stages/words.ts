/** Words that say nothing in a name. */
const FILLERS = new Set(
  'the a an and of our some we to is are in on for with by from this that it as at be let lets us now will can using use how what based via its your my here then into'.split(
    ' ',
  ),
);

export const PYTHON_KEYWORDS: ReadonlySet<string> = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
);

/** Names that a stage of ours does not get, beside the keywords. */
const RESERVED = new Set('false none true self cls print main run'.split(' '));

/** Nouns and forms of a verb that name a step, with the verb that a function is called by. */
const TO_VERB: ReadonlyMap<string, string> = new Map(
  `loading:load reading:read importing:import downloading:download fetching:fetch getting:get ingestion:ingest
exploring:explore exploration:explore inspecting:inspect visualizing:visualize visualising:visualise
visualization:visualize visualisation:visualise plotting:plot preparing:prepare preparation:prepare
preprocessing:preprocess processing:process cleaning:clean cleansing:clean encoding:encode scaling:scale
normalizing:normalize normalization:normalize standardization:standardize imputation:impute engineering:engineer
selecting:select selection:select splitting:split building:build creating:create creation:create defining:define
definition:define compiling:compile training:train fitting:fit tuning:tune optimizing:optimize optimization:optimize
evaluating:evaluate evaluation:evaluate testing:test validating:validate validation:validate comparing:compare
comparison:compare predicting:predict prediction:predict predictions:predict making:make saving:save writing:write
exporting:export submitting:submit computing:compute calculating:calculate calculation:calculate estimating:estimate
estimation:estimate transforming:transform transformation:transform generating:generate generation:generate
sampling:sample merging:merge adding:add removing:remove dropping:drop handling:handle converting:convert
filtering:filter grouping:group counting:count checking:check setting:set initializing:initialize
initialization:initialize configuration:configure configuring:configure tokenization:tokenize tokenizing:tokenize
extraction:extract extracting:extract augmentation:augment clustering:cluster running:run applying:apply
analysing:analyse analyzing:analyze analysis:analyze simulating:simulate simulation:simulate identifying:identify
measuring:measure finding:find
replacing:replace formatting:format collecting:collect stacking:stack blending:blend resampling:resample
undersampling:undersample oversampling:oversample imputing:impute installing:install mounting:mount choosing:choose
studying:study tracking:track learning:learn searching:search segmenting:segment detecting:detect drawing:draw
looking:find experimenting:try using:use understanding:understand modeling:model modelling:model balancing:balance
correcting:correct interpreting:interpret explaining:explain monitoring:monitor retrieving:retrieve viewing:view
translating:translate classifying:classify forecasting:forecast summarizing:summarize summarising:summarise
aggregating:aggregate reshaping:reshape pivoting:pivot sorting:sort joining:join labeling:label labelling:label
annotating:annotate profiling:profile benchmarking:benchmark uploading:upload registering:register pruning:prune
vectorizing:vectorize indexing:index parsing:parse scraping:scrape querying:query solving:solve calibrating:calibrate
calibration:calibrate averaging:average removal:remove deploying:deploy deployment:deploy inspection:inspect
interpretation:interpret aggregation:aggregate classification:classify vectorization:vectorize`
    .split(/\s+/)
    .map((pair) => pair.split(':') as [string, string]),
);

const VERBS: ReadonlySet<string> = new Set([
  ...TO_VERB.values(),
  ...'mount view close mkdir start stop register connect reset append update warm flush toggle show take drop fill find identify set look discover measure save split plot draw display summarize report store open join reshape compare refit retrain score infer ensemble simulate refute do try apply run cross prepare define check list count group encode describe inspect preview correlate clean impute parse sort rename resample vectorize silence combine obtain specify submit upload wrap log pick perform launch publish'.split(
    ' ',
  ),
]);

/** An identifier or a text as lower-case words: `RandomForestClassifier` is random, forest, classifier. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      // `Conv2D` and `MaxPooling2D` are words.
      .replace(/([a-z])([A-Z])|([0-9])(?=[A-Z][a-z])/g, '$1$3 $2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .toLowerCase()
      .split(/[^a-z0-9]+/)
      .filter((word) => word !== '')
  );
}

/** A good name for a function, or undefined. At most 40 characters, whole words. */
export function nameFrom(words: readonly string[]): string | undefined {
  let name = '';
  for (const [i, word] of words.entries()) {
    if (word === words[i - 1]) continue;
    const longer = name === '' ? word : `${name}_${word}`;
    if (longer.length > 40) break;
    name = longer;
  }
  return /^[a-z][a-z0-9_]{2,39}$/.test(name) && !PYTHON_KEYWORDS.has(name) && !RESERVED.has(name)
    ? name
    : undefined;
}

/** The words of a heading that carry its meaning, without its number. */
export function headingWords(heading: string): readonly string[] {
  return contentWords(plainHeading(heading));
}

function plainHeading(heading: string): string {
  return (
    heading
      .replace(/<[^>]*>|\$[^$]*\$|!?\[([^\]]*)\]\([^)]*\)/g, ' $1 ')
      // The name of a file names no stage.
      .replace(/[\w-]+\.(?:py|ipynb|csv|tsv|json|txt|ya?ml|pkl|pt|pth|parquet|xlsx?)\b/gi, ' ')
      .replace(/['\u2019](?:s|ll|re|ve|t|d|m)\b/g, '')
      .replace(/^\W*(?:step|part|section|stage|exercise|chapter|task)?\s*\d+(?:\.\d+)*[.):\s-]*/i, '')
      .toLowerCase()
      .replace(/\bpre-(?=process|train)/g, 'pre')
  );
}

function contentWords(text: string): readonly string[] {
  return text.split(/[^a-z0-9]+/).filter((word) => word !== '' && !FILLERS.has(word));
}

/** What a heading begins with, where more follows: `compare models` of "Compare models using cross-validation". */
function firstClause(text: string): string {
  for (const match of text.matchAll(/[:;,(\u2013\u2014]|\s-\s|\b(?:to|using|with|by|via|for|in order)\b/g)) {
    const clause = text.slice(0, match.index);
    if (contentWords(clause).length > 1) return clause;
  }
  return text;
}

/** What a heading of one verb is about. */
const OBJECTS: ReadonlyMap<string, string> = new Map(
  ['load', 'read', 'clean', 'prepare', 'preprocess', 'explore', 'split', 'transform']
    .map((verb): [string, string] => [verb, 'data'])
    .concat(['train', 'fit', 'evaluate', 'build', 'model', 'test', 'validate'].map((verb) => [verb, 'model']))
    .concat(['save', 'plot', 'report', 'visualize', 'compare', 'export'].map((verb) => [verb, 'results'])),
);

/** A function's name from a heading, verb first where it has one, if it makes a good one. */
export function identifierOf(heading: string, verb?: string): string | undefined {
  const clause = firstClause(plainHeading(heading));
  const words = contentWords(clause);
  const [first = '', second = '', ...rest] = words;
  const last = words.at(-1) ?? '';
  const start = /ing$/.test(first) || VERBS.has(first) ? verbOf(first) : undefined;
  if (words.length > 1 && start !== undefined) {
    const isPair = new RegExp(`${first}\\W+and\\W+${second}`).test(clause) && verbOf(second) !== undefined;
    return isPair
      ? nameFrom([start, 'and', verbOf(second)!, ...rest.slice(0, 2)])
      : short([start, second, ...rest]);
  }
  if (words.length > 1 && words.length < 5 && TO_VERB.has(last)) {
    return short([TO_VERB.get(last)!, ...words.slice(0, -1)]);
  }
  const single = words.length === 1 ? OBJECTS.get(verbOf(first) ?? '') : undefined;
  if (single !== undefined) return short([first === 'model' ? 'build' : verbOf(first)!, single]);
  if (verb !== undefined && words.length > 0 && words.length < 7 && !words.includes(verb))
    return nameFrom([verb, ...words]);
  return short(words);
}

function short(words: readonly string[]): string | undefined {
  return nameFrom(words.slice(0, 4));
}

/** Whether a heading says that something is done, or names data: what is done there, not what it is good for. */
export function namesAStep(heading: string): boolean {
  const words = headingWords(heading);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  return (
    verbOf(first) !== undefined ||
    TO_VERB.has(last) ||
    words.some((word) => /^(?:data(?:set)?s?|setup|settings|configuration)$/.test(word))
  );
}

const OF_IMPORTS = new Set(
  'import imports importing library libraries package packages module modules dependency dependencies requirement requirements necessary required needed python all basic load loading'.split(
    ' ',
  ),
);

/** Whether a heading is about imports and nothing else. */
export function isAboutImports(heading: string): boolean {
  const words = headingWords(heading);
  const isNamed = words.some((word) => /^(?:import|librar|package|module|dependenc|requirement)/.test(word));
  return isNamed && words.every((word) => OF_IMPORTS.has(word));
}

/** Whether a heading starts with, or is, something that is done. */
export function verbOf(word: string): string | undefined {
  return TO_VERB.get(word) ?? (VERBS.has(word) ? word : undefined);
}

/** The words of a function's name as a sentence about it: `fit_pipe` is "Fits pipe", `feature_importance` stays. */
export function thirdPerson(words: readonly string[]): string {
  const [first = '', and, second, ...rest] = words;
  const isVerb = (word: string | undefined): word is string => word !== undefined && verbOf(word) === word;
  const inflected = isVerb(first) ? [inflect(first)] : [first];
  if (isVerb(first) && and === 'and' && isVerb(second)) inflected.push('and', inflect(second), ...rest);
  else inflected.push(...words.slice(1));
  const text = inflected.join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function inflect(verb: string): string {
  if (/[^aeiou]y$/.test(verb)) return `${verb.slice(0, -1)}ies`;
  return /(?:[sxzo]|ch|sh)$/.test(verb) ? `${verb}es` : `${verb}s`;
}
