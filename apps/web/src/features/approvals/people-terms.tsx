import { Link } from '@tanstack/react-router'
import { Facts } from '../../components/facts.tsx'
import { PeopleList } from '../../components/people/people-list.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { countOf, shortHash } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './approvals.module.css'

type People = NonNullable<Outputs['approvals']['get']['terms']['people']>

/** What becomes of whom once it is approved, every one of them by name. */
export const PeopleTerms = ({ people }: { people: People }) => {
  const { id, kind, sha256, counts, needsSecond, lines } = people
  return (
    <section aria-labelledby="people-terms" className={classes.permits}>
      <h3 id="people-terms" className={classes.heading}>
        What becomes of whom
      </h3>
      <p>
        {countOf(counts.create, 'new account')}, {countOf(counts.change, 'person', 'people')} changed,{' '}
        {countOf(counts.same, 'line')} the same and {countOf(counts.refused, 'line')} refused, which are not
        carried out. {countOf(needsSecond, 'of them takes', 'of them take')} a second person.
      </p>
      {lines.length === 0 ? (
        <p>Nobody would be changed by it now.</p>
      ) : (
        <PeopleList label="What becomes of whom" numbered={kind === 'import'} lines={lines} />
      )}
      <Facts
        items={[
          [
            'In full',
            <Link key="l" to="/people/$id" params={{ id }}>
              Every line, and what is refused
            </Link>,
          ],
          [
            kind === 'import' ? 'SHA-256 of the file' : 'SHA-256 of what was asked',
            <ShortId key="h" id={sha256} of="hash" text={shortHash(sha256)} />,
          ],
        ]}
      />
    </section>
  )
}
