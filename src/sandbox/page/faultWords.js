/**
 * Faults in words. Pure.
 *
 * @import { ActiveFault } from '../protocol.ts'
 */

/** What is being done to the application, such as "the next 3 requests are refused (429)". */
export function faultText(/** @type {ActiveFault} */ fault) {
  const { left } = fault;
  const which =
    left === null ? 'all requests' : left === 1 ? 'the next request' : `the next ${left} requests`;
  const verb = left === 1 ? 'is' : 'are';
  switch (fault.kind) {
    case 'latency':
      return `${which} ${verb} answered ${seconds(fault.ms)} late`;
    case 'status':
      return fault.status === 429
        ? `${which} ${verb} refused as too many (429)`
        : `${which} ${left === 1 ? 'fails' : 'fail'} with ${fault.status}`;
    case 'drop':
      return fault.when === 'before'
        ? `${which} ${verb} dropped before anything is done`
        : `${which} ${left === 1 ? 'loses its answer' : 'lose their answers'}`;
  }
}

/** All of them as one sentence; empty when there is none. */
export function faultSentence(/** @type {ActiveFault[]} */ faults) {
  if (faults.length === 0) return '';
  const text = faults.map(faultText).join('; ');
  return `On purpose: ${text}.`;
}

function seconds(/** @type {number} */ ms) {
  return ms < 1000 ? `${ms} ms` : `${ms / 1000} s`;
}
