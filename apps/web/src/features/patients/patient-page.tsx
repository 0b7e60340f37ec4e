export const PatientPage = () => null
