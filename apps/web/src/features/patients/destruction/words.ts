/** What follows of each act, said before it is done. */
export const SET_HOLD =
  'From now on nothing of this patient can be destroyed, whoever asks. It takes two people to lift the hold.'
export const LIFT_HOLD =
  'The hold stands until somebody else has agreed. After that two people can have the patient’s keys destroyed.'
export const DESTROY =
  'Once somebody else has agreed, nobody reads anything of this patient any more: the keys are gone, and with them the whole record, the account and what the patient is found by. Nobody can undo it. Copies of keys in backups expire later: the certificate says when.'
export const ROTATE_WHEN =
  'All records of this patient are sealed with a key of the patient’s own. It is rotated by itself, and here at once where somebody may have it who should not.'
export const ROTATE =
  'The patient gets another one, and everything is sealed with it anew in the background. Copies in backups of before keep the earlier key: they are named when it has begun, and in the log.'
export const STILL_READ =
  'Whoever has the earlier key reads this patient in the copies below until each is deleted. Make a new backup once the rotation is done, and delete these if you can.'
