/** What follows of each act, said before it is done. */
export const SET_HOLD =
  'From now on nothing of this patient can be destroyed, whoever asks. It takes two people to lift the hold.'
export const LIFT_HOLD =
  'The hold stands until somebody else has agreed. After that two people can have the patient’s keys destroyed.'
export const DESTROY =
  'Once somebody else has agreed, nobody reads anything of this patient any more: the keys are gone, and with them the whole record, the account and what the patient is found by. Nobody can undo it. Copies of keys in backups expire later: the certificate says when.'
