/// Keys and notes that other implementations publish.
enum PublishedNotes {
    /// A private key of the tests of golang.org/x/mod/sumdb/note.
    static let peterSecret =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"

    /// Its public half; the base64 begins after the second plus sign and may hold more of them.
    static let peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

    /// Another public key of the same tests.
    static let enoch = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"

    /// The text that both have signed.
    static let text = """
        If you think cryptography is the answer to your problem,
        then you don't know what your problem is.

        """

    /// The signature line of the first.
    static let peterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
        + "qdngotpRZb6KE6RyyBwJnAM=\n"

    /// The signature line of the second.
    static let enochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTG"
        + "wnWLox33WWd1RvMc+QQ=\n"

    /// The verifier key and the note of the example in C2SP signed-note.
    static let example = (
        key: "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        note: """
        This is an example message.

        — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH\
        3mFXmRKuwHjG1Yu72IneyaQM=

        """
    )

    /// The key of the Go checksum database and a tree head that it signed at 6,476,701 leaves.
    static let checksumDatabase = (
        key: "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
        note: """
        go.sum database tree
        6476701
        mb8QLQIs0Z0yP5Cstq6guj87oXWeC9gEM8oVikmm9Wk=

        — sum.golang.org Az3grsLX85Gz+s1SiTbgkuqxgItqFq7gsMUEyVnrsa9LM7Us9S+1xbFIGu95949rj4nP\
        RYfvimWEPWL+o3GeoWwOoAw=

        """
    )

    /// Two public keys found by search that share a name and a key id.
    static let twins = [
        "twin.example+334a6c52+AY0yKikqHSCSLeX67NRO4/z7WAHUGmJsYGVK2WYySH11",
        "twin.example+334a6c52+AeaW08frm9JKO8paRKHKNT1VJIzrONOngeplmK0k/0IO",
    ]
}
