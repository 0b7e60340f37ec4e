import { Navigate } from '@tanstack/react-router'
import { EmptyState } from '../../../components/empty-state.tsx'
import { useSession } from '../../../lib/session/session.ts'

/** The way of a patient to their own record. */
export const OwnRecordPage = () => {
  const { patientId } = useSession().user
  if (patientId === null) return <EmptyState title="This account is no patient’s" />
  return <Navigate to="/patients/$id" params={{ id: patientId }} replace />
}
