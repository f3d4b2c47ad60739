import assert from "node:assert/strict";
import { test } from "node:test";

import {
  listOf, OF_DEMANDS, readDemands, Reader, readLines, readNumbers, readPlaces, readStart, readTable, sums,
} from "../../site/assets/js/search/encoding.js";

/** @param {...(number | string)} parts */
function bytes(...parts) {
  return Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? Array.from(Buffer.from(part)) : [part])));
}

test("numbers of one, two and five bytes", () => {
  const reader = new Reader(bytes(0, 127, 128, 1, 255, 255, 255, 255, 15));
  assert.deepEqual([reader.number(), reader.number(), reader.number(), reader.number()], [0, 127, 128, 2 ** 32 - 1]);
  assert.ok(reader.isAtEnd);
});

test("a number beyond 32 bits is no negative one", () => {
  assert.equal(new Reader(bytes(255, 255, 255, 255, 127)).number(), 2 ** 35 - 1);
});

test("texts are UTF-8 and counted in bytes", () => {
  const reader = new Reader(bytes("电🦀a"));
  assert.equal(reader.text(7), "电🦀");
  assert.equal(reader.text(1), "a");
});

test("a file of numbers and lines", () => {
  assert.deepEqual(readLines(bytes("mark", 2, 5, 128, 1, "甲\n乙")), { numbers: Uint32Array.of(5, 128), lines: ["甲", "乙"] });
});

test("a file without lines has none, not an empty one", () => {
  assert.deepEqual(readLines(bytes("mark", 0)).lines, []);
});

const TABLE = readTable(
  bytes("mark", 2, 2, 12, "电池外壳", 1, 2, 7, 8, 9, 0, 2, 9, ".dian\n=dc", 1, 0, 6, 2 + OF_DEMANDS, 1, 8, "🦀🦀", 3, 1, 2, 3),
);

test("lists are found by kind and name", () => {
  assert.deepEqual(listOf(TABLE, 2, "电池"), bytes(7));
  assert.deepEqual(listOf(TABLE, 2, "外壳"), bytes(8, 9));
  assert.deepEqual(listOf(TABLE, 0, ".dian"), bytes(6));
  assert.deepEqual(listOf(TABLE, 0, "=dc"), bytes());
});

test("a name across two names is none", () => assert.equal(listOf(TABLE, 2, "池外"), null));
test("a name of another kind is none", () => assert.equal(listOf(TABLE, 2 + OF_DEMANDS, "电池"), null));
test("names of two units a character are found", () => assert.deepEqual(listOf(TABLE, 2 + OF_DEMANDS, "🦀🦀"), bytes(1, 2, 3)));
test("the beginning of a line is no line", () => assert.equal(listOf(TABLE, 0, ".dia"), null));
test("an empty table has no list", () => assert.equal(listOf(readTable(bytes("mark")), 2, "电池"), null));

test("texts begin where the ones before end, in blocks", () => {
  assert.deepEqual(sums(Uint32Array.of(2, 0, 3), 16), Uint32Array.of(0, 32, 32, 80));
  assert.deepEqual(sums(new Uint32Array(0), 16), Uint32Array.of(0));
});

test("common pieces share their beginnings with the one before", () => {
  const { starts, common } = readStart(bytes("mark", 1, 2, "0电池\n1解\n2液\n0🦀🦀\n1蟹"), 8);
  assert.deepEqual(starts, Uint32Array.of(0, 16));
  assert.deepEqual([...common], ["电池", "电解", "电解液", "🦀🦀", "🦀蟹"]);
});

test("a sparse list steps from demand to demand", () => {
  // Demand 0 met 3, demand 5 met 0, demand 6 met 1.
  assert.deepEqual([...readDemands(bytes(0, 3, 16, 1), 8)], [4, 0, 0, 0, 0, 1, 2, 0]);
});

test("a dense list has a bit a demand and two for each that has the piece", () => {
  // Demands 0, 7 and 8 of 9, met 3, 0, 2.
  assert.deepEqual([...readDemands(bytes(1, 0b10000001, 1, 0b100011), 9)], [4, 0, 0, 0, 0, 0, 0, 1, 3]);
});

test("a list that is not there meets nothing", () => {
  assert.deepEqual([...readDemands(null, 3)], [0, 0, 0]);
  assert.deepEqual(readPlaces(null), { places: [], edges: [] });
  assert.deepEqual(readNumbers(null), []);
});

test("places come with their edges", () => {
  assert.deepEqual(readPlaces(bytes(3, 0, 42)), { places: [0, 1, 12], edges: [3, 0, 2] });
});

test("numbers are steps", () => assert.deepEqual(readNumbers(bytes(0, 0, 9)), [0, 1, 11]));
