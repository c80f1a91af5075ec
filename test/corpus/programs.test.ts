import assert from 'node:assert/strict';
import { CONVERSIONS } from '../support/programs/differential';
import { judgeAll, reportOf, verdictsOf, wrongOf } from '../support/programs/report';
import { ownPrograms, publicProgramsNamed } from './programs';

/** Light ones that need nothing but the test environment. */
const PUBLIC = [
  'networkx/examples/algorithms/plot_davis_club.py',
  'networkx/examples/algorithms/plot_iterated_dynamical_systems.py',
  'networkx/examples/algorithms/plot_krackhardt_centrality.py',
  'networkx/examples/basic/plot_properties.py',
  'networkx/examples/graph/plot_degree_sequence.py',
  'networkx/examples/graph/plot_erdos_renyi.py',
  'networkx/examples/graph/plot_karate_club.py',
  'scikit-learn/examples/classification/plot_digits_classification.py',
  'scikit-learn/examples/frozen/plot_frozen_examples.py',
];
const OWN = [
  'access_log.py',
  'bootstrap_ci.py',
  'churn_features.py',
  'ga_tsp.py',
  'inventory_rules.py',
  'markov_text.py',
  'optimisers.py',
  'pagerank_citations.py',
  'queue_simulation.py',
  'rain_series.ipynb',
  'recommender_mf.py',
  'reviews_tfidf.py',
  'sqlite_report.py',
  'survival_km.py',
  'sweep_thresholds.ipynb',
  'tree_scratch.py',
].map((name) => `own/${name}`);

/** Twenty-five programs; `npm run test:long` takes all that there are. */
suite('Programs before and after extract-pipeline and package', function () {
  this.timeout(1_200_000);

  test('a sample: output, files, figures and final values are equal', async () => {
    const own = ownPrograms().filter(({ name }) => OWN.includes(name));
    const programs = [...own, ...(await publicProgramsNamed(PUBLIC))];
    assert.equal(programs.length, OWN.length + PUBLIC.length);
    const conversions = CONVERSIONS.filter(({ title }) => /^(?:extract-pipeline auto|package)$/.test(title));
    const judgements = await judgeAll(programs, conversions);
    console.log(reportOf(judgements).replace(/^/gm, '      '));
    assert.deepEqual(wrongOf(judgements), []);
    assert.deepEqual(
      judgements.flatMap((each) => ('unusable' in each ? [`${each.subject.name}: ${each.unusable}`] : [])),
      [],
    );
    const verdicts = verdictsOf(judgements);
    const equal = verdicts.filter(({ kind }) => kind === 'equal');
    assert.ok(
      equal.length >= verdicts.length * 0.9,
      `only ${equal.length} of ${verdicts.length} are converted`,
    );
    assert.ok(
      equal.some(({ values }) => values > 0),
      'no final values are compared',
    );
  });
});
