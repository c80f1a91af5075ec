import { mutationSuite } from './mutation';

// The others of the five are in the long tests.
mutationSuite(['alias-append-across-stages']);
