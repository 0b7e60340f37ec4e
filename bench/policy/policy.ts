import { say } from '../harness/print.ts'
import { figure, type Report, type Result, rate } from '../harness/report.ts'
import { alternate, spreadOf } from '../harness/rounds.ts'
import { casbin, casl, cedar, type Engine, ourScope, ours, type ScopeEngine } from './engines.ts'
import { makePolicy, makeQuestions, type Question, STATEMENTS } from './questions.ts'
import { rulesOf } from './rules.ts'

const ROUNDS = 7
const WHILE_MS = 300

/** decide() with its field scope against engines of others: the same rules, and the same answers first. */
export const run = async (): Promise<Report> => {
  const policy = makePolicy()
  const questions = makeQuestions(policy)
  const rules = rulesOf(policy)
  say(`policy: ${STATEMENTS} statements, ${questions.length} questions`)

  const ability = casl(rules)
  const peers: Readonly<Record<string, { engine: Engine; reach: number }>> = {
    '@casl/ability': { engine: ability.engine, reach: 2 },
    casbin: { engine: await casbin(rules, questions), reach: 20 },
    '@cedar-policy/cedar-wasm': { engine: cedar(rules, questions), reach: 20 },
  }
  for (const [name, { engine }] of Object.entries(peers)) sameAnswers(name, questions, engine)
  sameScopes(questions, ability.scope)
  const shown = questions.filter(ours).length
  say(`policy: equal answers, ${shown} of ${questions.length} fields shown`)

  const results: Result[] = []
  const oneField = await alternate(ROUNDS, {
    ours: async () => perSecond(questions, ours),
    ...Object.fromEntries(
      Object.entries(peers).map(([name, { engine }]) => [name, async () => perSecond(questions, engine)]),
    ),
  })
  const own = spreadOf(oneField.ours).median
  for (const [name, rounds] of Object.entries(oneField)) {
    const peer = Object.hasOwn(peers, name) ? peers[name] : undefined
    if (peer === undefined) continue
    const value = spreadOf(rounds).median
    results.push(rate('decide() and one field of its scope', own, 'answers/s', { name, value }, peer.reach))
  }
  const scopes = await alternate(ROUNDS, {
    ours: async () => perSecond(questions, ourScope),
    casl: async () => perSecond(questions, ability.scope),
  })
  const caslScopes = { name: '@casl/ability permittedFieldsOf', value: spreadOf(scopes.casl).median }
  results.push(
    rate('decide() and all fields of a type', spreadOf(scopes.ours).median, 'answers/s', caslScopes),
    figure('decide() and one field of its scope', 1e9 / own, 'ns'),
    figure('questions whose field is shown', shown / questions.length, 'of all'),
  )
  return { bench: 'policy', results }
}

/** Asks all of them again and again for a while, so that a quick engine is measured as warm as a slow one. */
const perSecond = (questions: readonly Question[], engine: (question: Question) => unknown): number => {
  const began = performance.now()
  let answered = 0
  let taken = 0
  while (taken < WHILE_MS) {
    for (const question of questions) engine(question)
    answered += questions.length
    taken = performance.now() - began
  }
  return answered / (taken / 1000)
}

const sameAnswers = (name: string, questions: readonly Question[], engine: Engine): void => {
  const other = questions.filter((question) => engine(question) !== ours(question)).length
  if (other > 0) throw new Error(`${name} answers ${other} of ${questions.length} questions otherwise`)
}

const sameScopes = (questions: readonly Question[], scope: ScopeEngine): void => {
  const fieldsOf = (engine: ScopeEngine, question: Question): string =>
    engine(question)
      .filter((path) => path.startsWith(`${question.type}.`))
      .toSorted()
      .join()
  const other = questions.filter((one) => fieldsOf(scope, one) !== fieldsOf(ourScope, one)).length
  if (other > 0) throw new Error(`@casl/ability gives ${other} scopes otherwise`)
}
