/** Which keys work here, in one line under the screen. */
import conflict from '../../ui/record/conflict.module.css';
import classes from './review.module.css';

interface KeyHintsProps {
  readonly hints: readonly (readonly [keys: string, does: string])[];
}

export const KeyHints = ({ hints }: KeyHintsProps) => (
  <ul className={classes.hints}>
    {hints.map(([keys, does]) => (
      <li key={does}>
        {keys.split(' ').map((key) => (
          <kbd key={key} className={conflict.key}>
            {key}
          </kbd>
        ))}
        {does}
      </li>
    ))}
  </ul>
);
