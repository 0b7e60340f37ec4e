import { Link } from '@tanstack/react-router'
import { Panel } from '../../components/panel.tsx'
import { useSession } from '../../lib/session/session.ts'
import classes from './home.module.css'

/** The ways of a patient: to their record, to who saw it, and to all of it. */
const OwnRecord = () => {
  const { patientId } = useSession().user
  if (patientId === null) return null
  const params = { id: patientId }
  return (
    <Panel title="Your record">
      <ul className={classes.ways}>
        <li>
          <Link to="/patients/$id" params={params}>
            See your record
          </Link>
          : how you are, your medication, your results, your visits and your bills
        </li>
        <li>
          <Link to="/patients/$id" params={params} search={{ tab: 'who-saw-me' }}>
            See who saw it
          </Link>
          , when and why
        </li>
        <li>
          <Link to="/patients/$id/whole" params={params}>
            Print or download all of it
          </Link>
        </li>
      </ul>
    </Panel>
  )
}

export default OwnRecord
