import type { FactUnit } from '../../semantics/facts';
import type { Block } from '../../semantics/scope';
import type { Located } from '../../semantics/summary';
import type { Evaluator } from '../../semantics/values';
import type { Expression, FunctionDef } from '../../syntax/ast';
import { functionsAround, isCommandLine } from '../commandLine';

/** Decorators by which a framework calls the function, and answers with an error of its own if it raises. */
const HANDLER_DECORATORS: ReadonlySet<string> = new Set(
  (
    'route get post put patch delete head options websocket websocket_route api_route view errorhandler ' +
    'exception_handler middleware before_request after_request teardown_request on_event event listen listener ' +
    'subscriber message_handler task shared_task job periodic_task actor flow on_message command slash_command ' +
    'api_view http_trigger function_name cloud_event http consumer receiver callback on_exception lambda_handler'
  ).split(' '),
);
/** Methods and functions that a server, a scheduler or a thread calls. */
const HANDLER_NAMES =
  /^(?:do_(?:GET|POST|PUT|DELETE|HEAD|PATCH)|lambda_handler|handler|handle|handle_\w+|on_[a-z]\w*|run|dispatch|_?worker\w*|\w+_worker|_?consume\w*|process_message|emit|__del__|main)$/;
const REQUEST_NAMES: ReadonlySet<string> = new Set(['request', 'req', 'event']);

/**
 * Whether a `try` statement stands where nobody further out could do better: `main`, a request's handler, a loop that
 * has to go on with the next item, a thread.
 */
export function isLastResort(at: Located, unit: FactUnit, evaluator: Evaluator): boolean {
  if (isInLoop(at.block)) return true;
  const around = functionsAround(at.scope);
  if (around.length === 0) return true;
  if (isCommandLine(at.statement, at, unit, evaluator)) return true;
  return around.some((node) => isHandler(node, unit));
}

function isInLoop(block: Block): boolean {
  for (let at: Block | undefined = block; at; at = at.parent) if (at.kind === 'loop') return true;
  return false;
}

function isHandler(node: FunctionDef, unit: FactUnit): boolean {
  if (HANDLER_NAMES.test(node.name) || node.decorators.some(isHandlerDecorator)) return true;
  const takesRequest = node.params.slice(0, 2).some(({ name }) => REQUEST_NAMES.has(name));
  if (takesRequest) return true;
  return isTarget(node.name, unit);
}

function isHandlerDecorator(decorator: Expression): boolean {
  const target = decorator.kind === 'Call' ? decorator.func : decorator;
  const name = target.kind === 'Attribute' ? target.attr : target.kind === 'Name' ? target.id : '';
  return HANDLER_DECORATORS.has(name);
}

/** `Thread(target=work)`, `Process(target=self.work)`. */
function isTarget(name: string, { facts }: FactUnit): boolean {
  return ['Thread', 'Process', 'Timer', 'submit', 'add_job', 'create_task', 'start_new_thread'].some(
    (caller) =>
      facts.callsNamed(caller).some(({ call }) =>
        [...call.args, ...call.keywords.map(({ value }) => value)].some((argument) => {
          const given = argument.kind === 'Call' ? argument.func : argument;
          return (
            (given.kind === 'Name' && given.id === name) ||
            (given.kind === 'Attribute' && given.attr === name)
          );
        }),
      ),
  );
}
