#!/bin/sh
# Makes corpus.txt.gz again from the Debian package that it came from, and compares the text.
#
# Nothing else needs this script: the compressed text is part of the project. It needs apt with
# Debian 12's package lists, and perl; nothing is installed and no rights are needed.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work"

apt-get download r-cran-janeaustenr
dpkg-deb -x r-cran-janeaustenr_*.deb package

# The novels stand in R's lazy-load database: chunks of a big-endian length and a zlib stream, each a
# serialised vector of lines in XDR format, in alphabetical order of the titles. The last two are
# "Pride and Prejudice" and "Sense and Sensibility".
perl -MCompress::Zlib -e '
  local $/;
  open(my $file, "<:raw", $ARGV[0]) or die "cannot read $ARGV[0]: $!";
  my $data = <$file>;
  my @novels;
  while (length $data) {
    my $size = unpack("N", substr($data, 0, 4, ""));
    my ($stream) = inflateInit();
    my ($vector) = $stream->inflate(\$data);
    length($vector) == $size or die "unexpected database format";
    my $at = 14;                                  # "X\n", three versions
    $at += 4 + unpack("x$at N", $vector);         # native encoding
    my ($type, $count) = unpack("x$at N N", $vector);
    ($type & 255) == 16 or die "expected a vector of strings";
    $at += 8;
    my @lines;
    for (1 .. $count) {
      my $length = unpack("x" . ($at + 4) . " N", $vector);
      push @lines, substr($vector, $at + 8, $length);
      $at += 8 + $length;
    }
    my $text = join("\n", @lines);
    $text =~ s/^\n+|\n+$//g;
    push @novels, $text;
  }
  binmode STDOUT;
  print "$novels[5]\n\n$novels[4]\n";
' package/usr/lib/R/site-library/janeaustenr/data/Rdata.rdb > corpus.txt

if gzip -dc "$here/corpus.txt.gz" | cmp -s - corpus.txt; then
  echo "make-corpus: the text in $here/corpus.txt.gz is the package's"
else
  gzip -9n corpus.txt
  mv corpus.txt.gz "$here/corpus.txt.gz"
  echo "make-corpus: wrote $here/corpus.txt.gz"
fi
