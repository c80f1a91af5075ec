import './every';
import '../behaviour/behaviour.test';
