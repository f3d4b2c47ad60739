// What was typed in one, as texts write it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";

import { standsAlone, wordsApart } from "../../site/assets/js/search/offers.js";

/** @type {[typed: string, words: string][]} */
const TYPED = [
  ["90MPa", "90 mpa"],
  ["0.1mm厚钢板", "0.1 mm 厚钢板"],
  ["３μｍ", "3 μm"],
  ["3um", "3 μm"],
  ["3 um", "3 μm"],
  ["≥99.9%", "99.9 %"],
  ["-30℃", "-30 °c"],
  ["3-5mm", "3 5 mm"],
  ["3～5mm", "3 5 mm"],
  ["400km/h", "400 km/h"],
  ["800V扁线电机", "800 v 扁线电机"],
  ["400公里", "400 公里"],
  ["CT球管", "ct 球管"],
  ["UL94", "ul 94"],
  ["GB/T5023", "gb/t 5023"],
  ["PA-66", "pa 66"],
  ["5G通信", "5g 通信"],
  ["3D打印", "3d 打印"],
  ["Al2O3", "al2o3"],
  ["C++", "c++"],
  ["D–C6FHW7JX", "d c6fhw7jx"],
  ["机器人、焊接", "机器人 焊接"],
  ["“机器人”，《焊接》？机器人", "机器人 焊接"],
  ["机器人+焊接-自动", "机器人 焊接 自动"],
  ["ji'guang", "ji guang"],
  ["<b>光</b>", "b 光"],
  ["😀 ……", ""],
];

describe("what was typed in one is taken apart", () => {
  for (const [typed, words] of TYPED) {
    test(typed, () => assert.deepEqual(wordsApart(typed).join(" "), words));
  }
});

test("a text that was pasted is no search", () => {
  assert.deepEqual(wordsApart("一、二、三、四、五、六、七、八、九、十、十一、十二、十三"), []);
});

test("Latin letters and figures have to stand by themselves", () => {
  assert.deepEqual(["v", "90", "gb/t", "μm", "%", "公里"].map(standsAlone), [true, true, true, true, false, false]);
});
