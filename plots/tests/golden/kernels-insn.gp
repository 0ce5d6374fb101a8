# remapbench: figure kernels-insn. Draw it again with: gnuplot FILE.gp
reset
set encoding utf8
set datafile separator whitespace
set bars small
unset key
$series0 << EOD
0 31000 31000 31000
1 30200 30200 30200
2 32400 32400 32400
EOD
$series1 << EOD
0 55400 55400 55400
1 35200 35200 35200
2 38025 38025 38025
EOD
$series2 << EOD
0 457560 457560 457560
1 456760 456760 456760
2 512280 512280 512280
EOD
set terminal svg size 720,460 noenhanced rounded font 'sans-serif,13' background '#ffffff'
set output './kernels-insn.svg'
unset label
unset arrow
set label 'One mremap of 32 MiB across kernel builds' at screen 0.0222,0.9522 noenhanced textcolor rgb '#1b1f24' font ',17'
set label 'insn: instructions executed; sees no cache, TLB or IPI · 3 kernel builds' at screen 0.0222,0.9043 noenhanced textcolor rgb '#59636e' font ',12'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8543 noenhanced textcolor rgb '#59636e' font ',12'
set label 'Points are medians, bars the quartiles.' at screen 0.0222,0.0261 noenhanced textcolor rgb '#59636e' font ',11'
set label 'kernel build, each …-cloud-amd64 (32M, 4K folios, populated)' at screen 0.4465,0.0804 noenhanced textcolor rgb '#59636e' center font ',12'
set lmargin at screen 0.1013
set rmargin at screen 0.7917
set tmargin at screen 0.8239
set bmargin at screen 0.1717
set border 1 linecolor rgb '#59636e' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#e3e6ea' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:2.5] noextend
set yrange [20133.33333:973332] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#1b1f24' ('50,000' 50000, '100,000' 100000, '200,000' 200000, '500,000' 500000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#1b1f24' norotate ('6.1.0-56' 0, '6.12.117+deb12' 1, '6.17.13' 2)
set label 'unaligned' at screen 0.8111,0.7160 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#d55e00' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.2787 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#008a63' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.2374 left noenhanced font ',13' textcolor rgb '#1b1f24' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#0072b2' offset character 1.2,-0.25
set label '31,000' at first 0,31000 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '55,400' at first 0,55400 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '457,560' at first 0,457560 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '30,200' at first 1,30200 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '35,200' at first 1,35200 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '456,760' at first 1,456760 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '32,400' at first 2,32400 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,-0.9 front
set label '38,025' at first 2,38025 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
set label '512,280' at first 2,512280 center noenhanced font ',11' textcolor rgb '#1b1f24' offset character 0,0.9 front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#0072b2' linewidth 1 pointtype 7 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#0072b2' linewidth 2 pointtype 7 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#008a63' linewidth 1 pointtype 9 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#008a63' linewidth 2 pointtype 9 pointsize 0.9, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#d55e00' linewidth 1 pointtype 5 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#d55e00' linewidth 2 pointtype 5 pointsize 0.9
unset output
set terminal svg size 720,460 noenhanced rounded font 'sans-serif,13' background '#14171c'
set output './kernels-insn-dark.svg'
unset label
unset arrow
set label 'One mremap of 32 MiB across kernel builds' at screen 0.0222,0.9522 noenhanced textcolor rgb '#e6e9ed' font ',17'
set label 'insn: instructions executed; sees no cache, TLB or IPI · 3 kernel builds' at screen 0.0222,0.9043 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'instructions of one mremap, logarithmic' at screen 0.0222,0.8543 noenhanced textcolor rgb '#a2abb6' font ',12'
set label 'Points are medians, bars the quartiles.' at screen 0.0222,0.0261 noenhanced textcolor rgb '#a2abb6' font ',11'
set label 'kernel build, each …-cloud-amd64 (32M, 4K folios, populated)' at screen 0.4465,0.0804 noenhanced textcolor rgb '#a2abb6' center font ',12'
set lmargin at screen 0.1013
set rmargin at screen 0.7917
set tmargin at screen 0.8239
set bmargin at screen 0.1717
set border 1 linecolor rgb '#a2abb6' linewidth 1
set grid ytics noxtics nomytics linetype 1 linecolor rgb '#2d333b' linewidth 1
set grid back
set style data points
set logscale y 10
set xrange [-0.5:2.5] noextend
set yrange [20133.33333:973332] noextend
set ytics out nomirror scale 0,0 noenhanced font ',12' textcolor rgb '#e6e9ed' ('50,000' 50000, '100,000' 100000, '200,000' 200000, '500,000' 500000)
set xtics out nomirror scale 0.5,0 noenhanced font ',12' textcolor rgb '#e6e9ed' norotate ('6.1.0-56' 0, '6.12.117+deb12' 1, '6.17.13' 2)
set label 'unaligned' at screen 0.8111,0.7160 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 5 pointsize 0.8 linecolor rgb '#ff8a3d' offset character 1.2,-0.25
set label 'mutual' at screen 0.8111,0.2787 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 9 pointsize 0.8 linecolor rgb '#2fc79a' offset character 1.2,-0.25
set label 'pmd' at screen 0.8111,0.2374 left noenhanced font ',13' textcolor rgb '#e6e9ed' point linetype 1 pointtype 7 pointsize 0.8 linecolor rgb '#56b4e9' offset character 1.2,-0.25
set label '31,000' at first 0,31000 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '55,400' at first 0,55400 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '457,560' at first 0,457560 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '30,200' at first 1,30200 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '35,200' at first 1,35200 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '456,760' at first 1,456760 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '32,400' at first 2,32400 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,-0.9 front
set label '38,025' at first 2,38025 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
set label '512,280' at first 2,512280 center noenhanced font ',11' textcolor rgb '#e6e9ed' offset character 0,0.9 front
plot $series0 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#56b4e9' linewidth 1 pointtype 7 pointsize 0, \
     $series0 using 1:2 with linespoints linetype 1 linecolor rgb '#56b4e9' linewidth 2 pointtype 7 pointsize 0.9, \
     $series1 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#2fc79a' linewidth 1 pointtype 9 pointsize 0, \
     $series1 using 1:2 with linespoints linetype 1 linecolor rgb '#2fc79a' linewidth 2 pointtype 9 pointsize 0.9, \
     $series2 using 1:2:3:4 with yerrorbars linetype 1 linecolor rgb '#ff8a3d' linewidth 1 pointtype 5 pointsize 0, \
     $series2 using 1:2 with linespoints linetype 1 linecolor rgb '#ff8a3d' linewidth 2 pointtype 5 pointsize 0.9
unset output
