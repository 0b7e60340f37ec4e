/** The sizes of the classes that people fall in. */
export const classSizes = (people: readonly (number | string)[]): Int32Array => {
  const sizes = new Map<number | string, number>()
  for (const person of people) sizes.set(person, (sizes.get(person) ?? 0) + 1)
  return Int32Array.from(sizes.values())
}

/** The share of people who are alone in their class. */
export const uniqueShare = (people: readonly (number | string)[]): number =>
  classSizes(people).filter((size) => size === 1).length / people.length

/** A random sample without replacement. */
export const drawn = <Person>(
  people: readonly Person[],
  count: number,
  random: () => number,
): readonly Person[] =>
  people
    .map((person) => ({ person, key: random() }))
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ person }) => person)

/**
 * People by class as Pitman's process seats them: a new class by theta + u alpha, one of size n by n - alpha.
 */
export const pitmanPopulation = (
  people: number,
  theta: number,
  alpha: number,
  random: () => number,
): number[] => {
  const classOf: number[] = []
  const isFirst: boolean[] = []
  let classes = 0
  for (let at = 0; at < people; at++) {
    let joined = -1
    // A neighbour at random, the first of each class only with a chance of 1 - alpha.
    if (random() * (theta + at) >= theta + classes * alpha)
      while (joined < 0) {
        const neighbour = Math.floor(random() * at)
        if (isFirst[neighbour] !== true || random() >= alpha) joined = classOf[neighbour] ?? -1
      }
    isFirst.push(joined < 0)
    classOf.push(joined < 0 ? classes++ : joined)
  }
  return classOf
}
