import { Link } from '@tanstack/react-router'
import { Facts } from '../../components/facts.tsx'
import { ShortId } from '../../components/short-id.tsx'
import { countOf, formatCount, formatDay, formatExact, sentence, shortHash } from '../../lib/format.ts'
import type { Outputs } from '../../lib/trpc.ts'
import classes from './approvals.module.css'

type Upload = NonNullable<Outputs['approvals']['get']['terms']['upload']>

/** Whose care of how many patients counts once an upload is trusted. */
export const UploadTerms = ({ upload }: { upload: Upload }) => {
  const { id, source, uploadedBy, uploadedAt, sha256, patients, gains, unlinked } = upload
  return (
    <section aria-labelledby="upload-terms" className={classes.permits}>
      <h3 id="upload-terms" className={classes.heading}>
        Whose care counts from then on
      </h3>
      {gains.length === 0 ? (
        <p>Nobody gains care by it now.</p>
      ) : (
        <div className={classes.scrolls}>
          <table className={classes.gains}>
            <thead>
              <tr>
                <th scope="col">Who</th>
                <th scope="col">Patients</th>
                <th scope="col">By</th>
                <th scope="col">From</th>
                <th scope="col">Until</th>
              </tr>
            </thead>
            <tbody>
              {gains.map(({ person, patients: of, kinds, from, to }) => (
                <tr key={person.id}>
                  <th scope="row">
                    <Link to="/users/$id" params={{ id: person.id }}>
                      {person.displayName}
                    </Link>
                  </th>
                  <td>{formatCount(of)}</td>
                  <td>{kinds.map(sentence).join(', ')}</td>
                  <td>{formatDay(from)}</td>
                  <td>{formatDay(to)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {unlinked === 0 ? null : (
        <p>
          It names {countOf(unlinked, 'practitioner')} more, with no account linked: nobody gains care by
          them, now or by a later link.
        </p>
      )}
      <Facts
        items={[
          [
            'Upload',
            <Link key="u" to="/imports" search={{ upload: id }}>
              {source}, {countOf(patients, 'patient')}
            </Link>,
          ],
          ['Uploaded by', `${uploadedBy.displayName}, ${formatExact(uploadedAt)}`],
          ['SHA-256 of the file', <ShortId key="h" id={sha256} of="hash" text={shortHash(sha256)} />],
        ]}
      />
    </section>
  )
}
