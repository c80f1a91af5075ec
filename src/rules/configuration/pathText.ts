import type { FoldedText, TextOrigin } from '../../semantics/foldedText';

/** How a path begins, which says on how many machines it exists. */
export type PathForm = 'home' | 'drive' | 'mount' | 'absolute' | 'relative';

/** The literal with which a path begins. */
export interface PathStart {
  readonly origin: TextOrigin;
  /** The path's text up to the first stretch that is not known. */
  readonly text: string;
  /** Nothing of the path is unknown. */
  readonly isWhole: boolean;
  readonly form: PathForm;
}

const SCHEME = /^[a-z][a-z0-9+.-]+:\/\//i;
const NO_FILE = /^(-|:memory:|\/dev\/(null|stdin|stdout|stderr|fd\/.*|u?random|shm)|nul|con)$/i;
const MOUNT = /^\/(content|kaggle|gdrive|mnt|media|dbfs|Volumes|lustre|scratch)(\/|$)/;

/**
 * Where a path begins in the code, if it begins with a literal and is a path at all. Not: URLs, standard streams,
 * the current and parent folder, texts that no file is named.
 */
export function pathStart(folded: FoldedText): PathStart | undefined {
  let origin: TextOrigin | undefined;
  let text = '';
  let isHome = false;
  let isWhole = true;
  for (const [i, segment] of folded.segments.entries()) {
    if (segment.kind === 'hole') {
      if (segment.why === 'home' && i === 0) {
        isHome = true;
        continue;
      }
      isWhole = false;
      break;
    }
    origin ??= segment.value === '' ? undefined : segment.origin;
    if (!origin && !isHome && segment.value !== '') return undefined;
    text += segment.value;
  }
  if (!origin || !isPathText(text)) return undefined;
  return { origin, text, isWhole, form: isHome ? 'home' : formOf(text) };
}

function isPathText(text: string): boolean {
  if (text.trim() === '' || /[\n\0<>|]/.test(text) || text.length > 1000) return false;
  if (SCHEME.test(text) || NO_FILE.test(text) || text.startsWith('file:')) return false;
  if (/^\.{0,2}\/*$/.test(text) || /^\s*[[{]/.test(text)) return false;
  return true;
}

function formOf(text: string): PathForm {
  if (/^(~|\/home\/|\/Users\/|\/root\/)/.test(text)) return 'home';
  if (/^[A-Za-z]:[\\/]/.test(text) || text.startsWith('\\\\')) return 'drive';
  if (MOUNT.test(text)) return 'mount';
  return text.startsWith('/') ? 'absolute' : 'relative';
}

const DATA_FILE =
  /\.(csv|tsv|txt|json|jsonl|ndjson|parquet|feather|pkl|pickle|joblib|pt|pth|ckpt|bin|h5|hdf5|keras|onnx|npy|npz|png|jpe?g|gif|tiff?|bmp|svg|pdf|wav|mp3|mp4|avi|zip|gz|xlsx?|nc|mat|model|safetensors|tfrecords?|arrow|db|sqlite3?|ya?ml|xml|html)$/i;

/** Whether a text can be nothing but a file's path, also where a name or an id would be welcome. */
export function isUnmistakable(start: PathStart): boolean {
  if (start.form === 'home' || start.form === 'drive' || start.form === 'mount') return true;
  return /^\.{1,2}\//.test(start.text) || (start.isWhole && DATA_FILE.test(start.text));
}
