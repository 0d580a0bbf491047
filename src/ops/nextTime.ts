/** A time of the day, as "03:00". */
export type TimeOfDay = `${number}:${number}`;

/**
 * The first moment after another one at which the machine's clocks show a time. What is skipped when
 * clocks go forward comes as much later; what is shown twice when they go back counts once.
 * @returns milliseconds since 1970.
 */
export function nextTime(time: TimeOfDay, after: number): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const from = new Date(after);
  for (let day = 0; ; day += 1) {
    const date = from.getDate() + day;
    const moment = new Date(from.getFullYear(), from.getMonth(), date, hours, minutes).getTime();
    if (moment > after) return moment;
  }
}
