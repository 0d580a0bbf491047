import type { Clock } from '../app/ports/clock.ts';
import { type Model, ModelError, type Usage } from '../app/ports/model.ts';
import type { Exposition } from './exposition.ts';

/** Money for a million tokens, by the model's name. */
export type Prices = Readonly<Record<string, { readonly input: number; readonly output: number }>>;

const SECONDS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const MILLION = 1_000_000;

/** The same model, which tells how often it is asked, how long it takes and what it costs. */
export function observeModel(
  model: Model,
  exposition: Exposition,
  { prices, clock }: { readonly prices: Prices; readonly clock: Clock },
): Model {
  const labels = ['model', 'use'];
  const requests = exposition.counter(
    'troupe_model_requests_total',
    'Requests to a model, by use (reply or classifier) and outcome: how it ended, or the kind of failure.',
    [...labels, 'outcome'],
  );
  const first = exposition.histogram(
    'troupe_model_first_words_seconds',
    'Time from asking a model to its first words.',
    SECONDS,
    labels,
  );
  const whole = exposition.histogram(
    'troupe_model_seconds',
    'Time from asking a model to the end of its answer, or its failure.',
    SECONDS,
    labels,
  );
  const tokens = exposition.counter(
    'troupe_model_tokens_total',
    'Tokens as the provider counted them, by direction (input or output).',
    [...labels, 'direction'],
  );
  const cost = exposition.counter(
    'troupe_model_cost_total',
    'What the tokens cost by the configured prices, in their money.',
    labels,
  );

  return {
    async *stream(request, signal) {
      const asked = { model: request.model, use: request.format ? 'classifier' : 'reply' };
      const begun = clock.now();
      const since = () => (clock.now() - begun) / 1_000;
      let spoke = false;
      // Whoever asked stopped listening, unless something else is known.
      let outcome = 'stopped';
      try {
        for await (const part of model.stream(request, signal)) {
          if (part.kind === 'text' && !spoke) {
            spoke = true;
            first.observe(since(), asked);
          }
          if (part.kind === 'end') {
            outcome = part.finish;
            spend(asked, part.usage);
          }
          yield part;
        }
      } catch (error) {
        if (!signal.aborted) outcome = error instanceof ModelError ? error.failure : 'internal';
        throw error;
      } finally {
        requests.add({ ...asked, outcome });
        whole.observe(since(), asked);
      }
    },
  };

  function spend(asked: { readonly model: string; readonly use: string }, usage: Usage | null) {
    if (usage === null) return;
    tokens.add({ ...asked, direction: 'input' }, usage.input);
    tokens.add({ ...asked, direction: 'output' }, usage.output);
    const price = prices[asked.model];
    if (price === undefined) return;
    cost.add(asked, (usage.input * price.input + usage.output * price.output) / MILLION);
  }
}
