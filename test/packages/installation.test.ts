import { installationSuite } from './installation';
import { QUICK } from './names';

installationSuite(QUICK);
