export const later = (from: Date, milliseconds: number): Date => new Date(from.getTime() + milliseconds)

export const earliest = (...dates: readonly Date[]): Date =>
  new Date(Math.min(...dates.map((date) => date.getTime())))
