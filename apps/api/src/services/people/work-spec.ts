/** The kind of work as those who ask for it name it: what does it imports verbs that ask. */
export const CHANGE_PEOPLE = { kind: 'change-people', oneOf: 'subject', runs: 'in-job' } as const
