// swift-format-ignore-file
// Written by Tools/embed_lessons.py from Lessons: change the texts there.
internal import Wording

extension Course {
    static var texts: [Text] {
        [
            lesson01,
            lesson02,
            lesson03,
            lesson04,
            lesson05,
            lesson06,
            lesson07,
            lesson08,
            lesson09,
            lesson10,
            lesson11,
            lesson12,
            lesson13,
            lesson14,
        ]
    }
}
