/**
 * The log's clock: RFC 3339 in UTC with microseconds. Wall-clock milliseconds are filled up with the
 * monotonic clock's microseconds, so that entries of one millisecond keep their order.
 */
export const auditTime = (now: Date, monotonic: bigint = process.hrtime.bigint()): string => {
  const micros = Number((monotonic / 1000n) % 1000n)
  return `${now.toISOString().slice(0, -1)}${String(micros).padStart(3, '0')}Z`
}
