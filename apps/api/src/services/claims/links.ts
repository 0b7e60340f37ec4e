import type { ClaimLink, ClaimLinksInput, ClaimLinksOutput } from '@chartward/contract'
import { isFieldPath, type ResourceType, readableClasses, type Scope } from '@chartward/policy'
import { ChartwardError } from '../../core/errors.ts'
import type { VerbContext } from '../../guard/guard.ts'
import { TOKEN_TYPES } from '../../vault/claim-tokens.ts'
import { openedClassesOfAll } from '../../vault/opened-classes.ts'
import { rowsOf } from '../../vault/rows.ts'
import { readRecord } from '../../vault/select-versions.ts'
import { viewVersions } from '../../vault/view.ts'
import { WITHHELD } from '../records/get.ts'
import { answersTo } from './answers.ts'
import { recordsMeant } from './records-meant.ts'
import { type ClaimReference, referencesOf } from './references.ts'

/**
 * What a claim or a response refers to, and what a payer answered to it: which of it can be opened, and why
 * the rest can't. Nothing of those records is opened here. Of a type that the Scope shows nothing of it is
 * not looked up whether there is one.
 */
export const claimLinks = async ({
  ctx: { app, entry },
  scope,
  input,
}: {
  ctx: VerbContext<'record.viewed'>
  scope: Scope
  input: ClaimLinksInput
}): Promise<ClaimLinksOutput> => {
  const { patientId, id: recordId } = input
  const version = await readRecord(app, scope, { patientId, recordId, classes: openedClassesOfAll(scope) })
  if (version === undefined || !TOKEN_TYPES.includes(version.resourceType))
    throw new ChartwardError('NOT_FOUND')
  const isReadable = (type: ResourceType): boolean => readableClasses(scope, type).length > 0
  const [view] = (await viewVersions(app, scope, patientId, [version])).items
  if (view === undefined || !isReadable(view.type)) throw new ChartwardError('NOT_FOUND')
  if (view.withheld) throw new ChartwardError('FORBIDDEN', WITHHELD)
  const rows = await rowsOf(app, scope)
  const references = referencesOf(view.type, view.values)
  const readable = references.filter(({ type }) => isReadable(type))
  const meant = await recordsMeant(app, rows, patientId, view, readable)
  const answers = await answersTo(app, scope, rows, [{ patientId, view }])
  const linked = references.map(
    (one): ClaimLink => ({ kind: one.kind, words: one.words, ...standingOf(one, isReadable, meant) }),
  )
  const known = new Set(linked.map(({ record }) => record?.id))
  entry.for('what a claim refers to')
  entry.shown({
    fields: references.map(({ field }) => `${view.type}.${field}`).filter(isFieldPath),
    count: 0,
    resource: { type: view.type, id: view.id },
  })
  return {
    items: [
      ...linked,
      ...(answers.to.get(view.id) ?? [])
        .filter(({ claim }) => !known.has(claim.id))
        .map(
          ({ claim: { id, type } }): ClaimLink => ({
            kind: 'answer',
            state: 'here',
            record: { id, type },
            words: null,
          }),
        ),
      ...(answers.cut ? [MORE] : []),
    ],
  }
}

const MORE: ClaimLink = {
  kind: 'answer',
  state: 'unclear',
  record: null,
  words: 'More answers than are listed',
}

const standingOf = (
  reference: ClaimReference,
  isReadable: (type: ResourceType) => boolean,
  meant: ReadonlyMap<string, string>,
): Pick<ClaimLink, 'state' | 'record'> => {
  const { type, reference: written } = reference
  if (!isReadable(type)) return { state: 'not-yours', record: null }
  if (written === null) return { state: 'unclear', record: null }
  const id = meant.get(`${type} ${written}`)
  return id === undefined ? { state: 'not-imported', record: null } : { state: 'here', record: { id, type } }
}
