import './every';
import '../execution/inference/inferenceFixes.test';
import '../execution/inference/purposeFixes.test';
