import './every';
import '../behaviour/behaviour.test';
import '../behaviour/package.test';
