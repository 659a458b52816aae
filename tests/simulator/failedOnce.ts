/** Histories that failed once, as they were when shrunk; they run before those of the day. */
import type { Releases } from './releases';
import type { Script, Step } from './script';

const step = (what: Step['do'], who: number, n = 0, to = 0): Step => ({ do: what, who, to, n });
const idle = [step('write', 0)];

export const failedOnce: readonly (readonly [seed: number, script: Script, mixed?: Releases])[] = [
  // A member's certificate said less than before, and then a newcomer came.
  [
    0,
    [idle, [step('write', 2), ...idle], [step('regrant', 0), ...idle], [step('enrol', 0), ...idle]],
  ],
  // The branch that was given up was shorter than the one that stayed.
  [
    0,
    [
      idle,
      [step('copy', 0), ...idle],
      [step('write', 4), step('write', 1), step('write', 1)],
      idle,
    ],
  ],
  // Two copies wrote one change each.
  [
    0,
    [[step('copy', 3), step('send', 2), ...idle], [step('write', 4), step('write', 2)], idle, idle],
  ],
  // What was held as a second branch was accepted because its author's certificate had ended.
  [
    0,
    [
      [step('copy', 3), step('write', 2), step('write', 4), step('write', 4)],
      [step('regrant', 0), ...idle],
      idle,
      idle,
    ],
  ],
  // The other version of a change had been overwritten since, and was taken for known.
  [
    245_260_512,
    [
      [
        step('copy', 2, 3204),
        step('write', 4, 4807),
        step('write', 1, 8974),
        step('write', 1, 3802),
      ],
      idle,
      idle,
      idle,
    ],
  ],
  // A second branch that reached further held up the one that was here.
  [
    213_343_800,
    [
      [step('copy', 1, 7012), step('write', 4, 4777), step('delete', 2, 8462)],
      [step('write', 1, 3850), step('attach', 2, 3706)],
      [step('attach', 2, 2074)],
      idle,
    ],
  ],
  // Headquarters had compacted, and the branch that was given up was the shorter one above the base.
  [
    0,
    [
      [step('copy', 1)],
      [step('compact', 0), step('write', 4), step('write', 2), step('write', 2)],
      idle,
      idle,
    ],
  ],
  // One bit of a signature that base64 has to spare was flipped.
  [0, [[step('send', 3, 1337, 0), ...idle], [step('spoil', 0, 3107)], idle, idle]],
  // A copied device was told to go on under a new epoch, and its disk was full by then.
  [
    0,
    [
      [step('copy', 0), step('write', 4), step('write', 1), step('send', 4, 5297, 1), ...idle],
      idle,
      [step('full', 0, 6128), ...idle],
      idle,
    ],
  ],
  // A newcomer deleted what it had seen in a base only.
  [
    0,
    [
      idle,
      [step('write', 0, 4161), ...idle],
      idle,
      [step('compact', 0), step('enrol', 0), step('delete', 3), ...idle],
    ],
  ],
  // A restored laptop sealed anew what was compacted, and its certificate had ended by then.
  [
    0,
    [
      idle,
      [step('copy', 0), step('regrant', 0), step('write', 2), step('backup', 4), ...idle],
      [step('compact', 0), step('putBack', 4), step('write', 2)],
      idle,
    ],
  ],
  // Two copies wrote above a base, and the one that gave way did not get the base again.
  [
    0,
    [
      [step('skew', 0, 2489), step('write', 0), step('compact', 0), ...idle],
      [step('copy', 3), ...idle],
      idle,
      [step('write', 4), step('write', 2)],
    ],
  ],
  // Two copies wrote one change each, and headquarters confirmed one of them to both.
  [
    0,
    [
      [step('copy', 3), ...idle],
      idle,
      idle,
      [step('write', 4), step('write', 2), step('send', 2, 4758), step('send', 0, 550, 4), ...idle],
    ],
  ],
  // The same, and the file of one was lost: a count of one's own changes confirmed those of the other.
  [
    0,
    [
      [step('copy', 3), ...idle],
      idle,
      idle,
      [
        step('write', 4),
        step('write', 2),
        step('send', 4, 0, 0),
        step('send', 2, 4758),
        step('send', 0, 550, 4),
        ...idle,
      ],
    ],
  ],
  // A laptop whose certificate had ended was put back, and wrote on.
  [
    0,
    [
      idle,
      [step('write', 2, 665), step('backup', 4), ...idle],
      [step('regrant', 0, 34), step('putBack', 4), step('write', 2, 3020), ...idle],
      [step('write', 2, 1226), ...idle],
    ],
  ],
  // What a copy wrote next came to the device it was copied from, whose last changes were not sealed yet.
  [
    0,
    [
      [
        step('write', 2),
        step('copy', 1),
        step('write', 4),
        step('send', 4, 6554, 2),
        step('write', 2),
      ],
      idle,
      idle,
      idle,
    ],
  ],
  // So did what it wrote after that, and went on from a hash that nobody had given the last of them yet.
  [
    0,
    [
      [
        step('copy', 0),
        step('write', 1),
        step('send', 1),
        step('write', 1),
        step('write', 4),
        step('send', 1, 6002, 4),
        ...idle,
      ],
      idle,
      idle,
      idle,
    ],
  ],
  // A headquarters was put back to before it had revoked a laptop, on which something was held.
  [
    0,
    [
      [step('backup', 0, 8094), ...idle],
      [step('write', 3), step('revoke', 0)],
      [step('send', 3, 246, 2)],
      [step('putBack', 0, 4704), ...idle],
    ],
  ],
  // A headquarters was put back to before it had compacted: of some changes it has the state alone.
  [
    0,
    [
      [step('backup', 0, 6369), ...idle],
      [step('skew', 0, 1229), ...idle, step('compact', 0), ...idle],
      [step('putBack', 0, 5999), ...idle],
      idle,
    ],
  ],
  // Two copies each deleted another record, under one number.
  [
    0,
    [
      [step('copy', 0)],
      idle,
      [
        step('write', 1, 8784),
        step('write', 4),
        step('delete', 1),
        step('delete', 4, 247),
        ...idle,
      ],
      idle,
    ],
  ],
  // Headquarters was put back to before a state it had vouched for, and accepted what it wrote after that.
  ...([0, 2121, 3727] as const).map((n): [number, Script] => [
    0,
    [
      [step('backup', 0, 9064), ...idle],
      idle,
      [...idle, step('compact', 0), step('enrol', 0)],
      [step('putBack', 0, 3104), step('write', 0, n), ...idle],
    ],
  ]),
  // The same, and only the deletion tells the two branches apart.
  [
    0,
    [
      [step('backup', 0, 9064), ...idle],
      idle,
      [step('delete', 0), step('compact', 0), step('enrol', 0)],
      [step('putBack', 0, 3104), step('delete', 0), ...idle],
    ],
  ],
  // The branch that stays goes on from the state.
  [
    0,
    [
      [step('backup', 0, 9064), step('write', 1)],
      idle,
      [step('compact', 0), step('enrol', 0)],
      [step('putBack', 0, 3104), ...idle, ...idle],
    ],
  ],
  // What a dead change said was in an archive that was put back, and was overwritten on a laptop since.
  [
    0,
    [
      [step('backup', 0, 1094), step('skew', 0, 2153), ...idle],
      idle,
      [step('putBack', 0, 3419), step('write', 0, 6719), step('compact', 0), ...idle],
      [step('write', 1, 5981), step('putBack', 0, 4504)],
    ],
  ],
  // Two copies of a disk packed the same change apart, and the second one held for ever what came after.
  [
    0,
    [
      [step('write', 1), step('copy', 0), step('repack', 1), ...idle],
      [step('write', 1), ...idle],
      idle,
      idle,
    ],
  ],
  // The same, where headquarters compares no receipts.
  [
    0,
    [
      [step('write', 1), step('copy', 0), step('repack', 1), ...idle],
      [step('write', 1), ...idle],
      idle,
      idle,
    ],
    [true, true, true, true],
  ],
  // Headquarters could not compact any more: something had overwritten what it lost with its disk.
  [
    0,
    [
      idle,
      [...idle, step('backup', 0, 14)],
      [step('write', 0, 6086)],
      [step('putBack', 0, 14), ...idle, step('write', 1, 6758)],
      idle,
      [step('compact', 0)],
    ],
  ],
  // Two states of headquarters ended with one number, and only one of them with what it had decided for.
  [
    0,
    [
      [...idle, step('backup', 0, 14)],
      idle,
      [step('compact', 0)],
      [step('enrol', 0), step('putBack', 0, 14), step('repack', 0)],
      [],
      [step('compact', 0), step('enrol', 0)],
    ],
  ],
  // What headquarters wrote after it had packed the same anew did not reach those who had only the state.
  [
    0,
    [
      idle,
      [...idle, step('backup', 0, 14)],
      [],
      [step('compact', 0), step('enrol', 0)],
      [],
      [step('putBack', 0, 14), step('repack', 0), ...idle],
    ],
  ],
  // A change that came back as state was not asked for, because another one was in the log twice.
  [
    0,
    [
      [...idle, step('backup', 0, 14)],
      idle,
      [step('compact', 0)],
      [
        step('enrol', 0),
        step('putBack', 0, 14),
        step('repack', 0),
        step('write', 0, 2082),
        step('enrol', 0),
      ],
      [],
      [step('write', 0, 42), step('compact', 0)],
    ],
  ],
  // Only somebody whom headquarters had forgotten, and then knew again, still held it.
  [
    0,
    [
      idle,
      [...idle, step('backup', 0, 14)],
      [...idle, step('enrol', 0), step('putBack', 0, 4), step('repack', 0)],
      [step('putBack', 0, 14), step('repack', 0), step('enrol', 0)],
      [step('putBack', 0, 4), step('repack', 0)],
    ],
  ],
  // A deletion named a number that headquarters, put back, had given to another change.
  [
    0,
    [
      idle,
      [...idle, step('backup', 0, 14)],
      [step('write', 0, 4831)],
      [step('delete', 1, 8065)],
      [step('putBack', 0, 14), step('write', 0, 8608)],
      [step('putBack', 0, 4)],
    ],
  ],
  // Headquarters compacted what it had packed anew, and what went on from there stayed held everywhere.
  [
    0,
    [
      [],
      [...idle, step('backup', 0, 14)],
      [step('putBack', 0, 14), step('repack', 0)],
      [],
      [],
      [step('compact', 0), ...idle],
    ],
  ],
  // Headquarters, put back to before one state, brought another one and a branch above that.
  [
    0,
    [
      [],
      [...idle, step('backup', 0, 14), ...idle],
      [],
      [step('compact', 0)],
      [step('enrol', 0), step('putBack', 0, 14), ...idle, ...idle, step('compact', 0)],
      [step('enrol', 0), ...idle],
    ],
  ],
  // A laptop overwrote what headquarters had said, and hid what it said under that number after it was put back.
  [
    0,
    [
      [step('write', 0), step('backup', 0, 14), step('write', 0)],
      [
        step('write', 0, 1263),
        step('send', 0, 90, 2),
        step('putBack', 0, 14),
        step('write', 2, 4869),
        step('write', 0),
        step('write', 0, 8013),
      ],
    ],
  ],
  // The branch that stayed began within a segment over the end of a newcomer's state.
  [
    0,
    [
      [...idle, step('backup', 0, 14)],
      [...idle, step('backup', 0)],
      [step('compact', 0)],
      [step('enrol', 0)],
      [step('putBack', 0, 14), ...idle, step('repack', 0)],
      [step('putBack', 0, 4), step('repack', 0)],
    ],
    [true],
  ],
  // A newcomer's state, and what headquarters, of a release that compares no receipts, packed anew.
  [
    0,
    [
      [step('write', 0, 6050), step('backup', 0, 14)],
      [],
      [step('compact', 0), step('enrol', 0, 2)],
      [step('putBack', 0, 14), step('repack', 0)],
    ],
    [true],
  ],
  // What headquarters had decided for was on the disk that it lost for the second time.
  [
    0,
    [
      [step('write', 0, 5581), step('backup', 0, 14)],
      [step('enrol', 0, 2)],
      [
        step('write', 0, 1236),
        step('send', 0, 1174, 2),
        step('putBack', 0, 14),
        step('repack', 0),
        step('enrol', 0, 2),
      ],
      [step('putBack', 0, 14), step('write', 0, 9993), step('send', 0, 7131, 2)],
    ],
  ],
  // What had to give way once was accepted later, and was held as what it had been.
  [
    0,
    [
      [step('write', 0, 2167), step('backup', 0, 14)],
      [step('write', 0, 7745), step('send', 0, 4050, 3), step('enrol', 0, 2)],
      [step('putBack', 0, 14), step('repack', 0)],
      [step('putBack', 0, 4), step('send', 0, 6391, 1), step('bring', 0, 8038, 2)],
    ],
  ],
  // Headquarters was put back, and took in what it had forbidden before.
  [
    0,
    [
      [step('backup', 0, 4)],
      [step('regrant', 0, 1356), step('enrol', 0, 4956), step('putBack', 0, 9)],
      [step('enrol', 0, 3590), step('delete', 2, 2930)],
    ],
  ],
  // Above the state stood what a change seemed to have set that the state knows nothing of.
  [
    650850172,
    [
      [step('backup', 0, 14), step('delete', 0, 554)],
      [step('write', 0, 1663), step('write', 0, 4901), step('delete', 0, 9497)],
      [step('compact', 0), step('enrol', 0, 8132)],
      [step('putBack', 0, 14), step('write', 0, 3133)],
    ],
    [true, false, true],
  ],
  // A newcomer went on from what headquarters, put back, had packed anew and decided for.
  [
    0,
    [
      [step('write', 0, 4288), step('backup', 0, 14)],
      [],
      [step('compact', 0), step('write', 0, 4669)],
      [step('enrol', 2, 1738)],
      [step('putBack', 0, 14), step('repack', 0), step('receipt', 0, 5735, 2)],
    ],
  ],
  // A laptop that was put back had packed the same with more, and the state ends within that.
  [
    1911334505,
    [
      [step('attach', 2, 3369), step('backup', 1, 9428)],
      [step('write', 0, 4007)],
      [],
      [step('putBack', 4, 4262), step('compact', 4, 7496), step('attach', 2, 5063)],
    ],
    [false, true, true],
  ],
];
