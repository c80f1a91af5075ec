import type { ProgramSource } from '../src/program/source';
import { notebookSource } from '../test/support/analysis';

/** One part of a research script: reading, cleaning, a model, a prediction, prints; 13 lines. */
function part(i: number): string {
  return `
def load_${i}(name, limit=${i}):
    """Loads part ${i}."""
    frame = pd.read_csv(os.path.join(DATA, f"part_{name}.csv"), nrows=limit)
    frame = frame[frame["value"] > ${i}.5].copy()
    frame["ratio"] = frame["a"] / (frame["b"] + 1e-9)
    values = [float(v) for v in frame["ratio"] if v is not None]
    return frame, {"mean": np.mean(values), "n": len(values)}

frame_${i}, stats_${i} = load_${i}("x${i}")
model_${i} = nn.Sequential(nn.Linear(10, 20), nn.ReLU(), nn.Linear(20, 1))
out_${i} = model_${i}(torch.zeros(3, 10)) if stats_${i}["n"] > 3 else None
print("part", ${i}, stats_${i}, frame_${i}.shape)
`;
}

const IMPORTS =
  'import os\nimport numpy as np\nimport pandas as pd\nimport torch\nfrom torch import nn\nDATA = "data/raw"\n';

/** A dense script of at least so many lines. */
export function script(lines: number): string {
  let text = IMPORTS;
  for (let i = 1; text.split('\n').length < lines; i++) text += part(i);
  return text;
}

/** A notebook of so many code cells. */
export function notebook(cells: number): ProgramSource {
  return notebookSource('bench.ipynb', [
    IMPORTS,
    ...Array.from({ length: cells - 1 }, (_, i) => part(i + 1)),
  ]);
}
