export { testEnvironment, testPython, testWheels } from '../../scripts/python-environment.ts';
// The test runner's global set-up is a default export.
export { ensurePythonEnvironment as default } from '../../scripts/python-environment.ts';
