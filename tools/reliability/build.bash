# Sourced by the tools beside it: the builds under a sanitizer, each in a folder of its own, of the
# libraries and their tests, or of the fuzz targets (Package.swift, CLAIMS_SANITIZE).

# With line coverage, and with the assertions of a debug build. Optimised: an enumeration takes no
# longer than in the ordinary tests.
address_folder=.build/address
build_address() {
    CLAIMS_SANITIZE=address swift build --configuration release --scratch-path "$address_folder" \
        --build-tests --enable-code-coverage --quiet --sanitize address \
        -Xswiftc -assert-config -Xswiftc Debug -Xswiftc -enable-testing -Xswiftc -use-ld=lld
}

# The thread sanitizer tells two accesses apart that nothing puts in order, optimised or not.
thread_folder=.build/thread
build_thread() {
    CLAIMS_SANITIZE=thread swift build --configuration release --scratch-path "$thread_folder" \
        --build-tests --quiet --sanitize thread -Xswiftc -DTHREAD_SANITIZER \
        -Xswiftc -enable-testing -Xswiftc -use-ld=lld
}

# A build of its own: libFuzzer brings a 'main', and so do tests.
fuzz_folder=.build/fuzz
build_fuzz() {
    CLAIMS_SANITIZE=fuzz swift build --configuration release --scratch-path "$fuzz_folder" \
        --product ClaimsFuzz --quiet -Xswiftc -sanitize=fuzzer,address -Xswiftc -use-ld=lld
}
